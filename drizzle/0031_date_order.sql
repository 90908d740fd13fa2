ALTER TABLE `import_layout` ADD `date_order` text;--> statement-breakpoint
ALTER TABLE `import_question` ADD `date_order` text;