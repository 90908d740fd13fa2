DROP INDEX `chat_identity`;--> statement-breakpoint
ALTER TABLE `chat` ADD `topic` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `chat` ADD `title` text;--> statement-breakpoint
CREATE UNIQUE INDEX `chat_identity` ON `chat` (`platform`,`workspace`,`chat_key`,`topic`);