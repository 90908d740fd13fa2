ALTER TABLE `post` DROP COLUMN `needs_second`;--> statement-breakpoint
ALTER TABLE `post` DROP COLUMN `second_by`;--> statement-breakpoint
ALTER TABLE `post` DROP COLUMN `second_at`;
