CREATE TABLE `outbox_card` (
	`outbox_id` integer PRIMARY KEY NOT NULL,
	`card` text NOT NULL,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `outbox_card` SELECT `id`, `card` FROM `outbox` WHERE `card` <> json_object('title', `title`, 'blocks', json('[]'));
--> statement-breakpoint
ALTER TABLE `outbox` DROP COLUMN `card`;
