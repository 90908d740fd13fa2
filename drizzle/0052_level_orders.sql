ALTER TABLE `response` ADD `level_document_no` text;--> statement-breakpoint
ALTER TABLE `response` ADD `level_from` integer;