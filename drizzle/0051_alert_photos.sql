CREATE TABLE `alert_photo` (
	`episode_id` integer NOT NULL,
	`evidence_id` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `alert_episode`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `alert_photo_by_episode` ON `alert_photo` (`episode_id`);