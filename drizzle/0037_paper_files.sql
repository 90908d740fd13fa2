ALTER TABLE `official_paper` ADD `files_at` integer;--> statement-breakpoint
CREATE INDEX `official_paper_to_file` ON `official_paper` (`id`) WHERE "issued_at" is not null and "files_at" is null;