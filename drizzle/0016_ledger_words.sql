ALTER TABLE `issue` ADD `unit_words` text;--> statement-breakpoint
ALTER TABLE `issue` ADD `support_words` text;