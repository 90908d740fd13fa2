CREATE TABLE `exemption` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`enterprise_id` integer,
	`region_id` text NOT NULL,
	`basis` text NOT NULL,
	`grade` text,
	`measures` text NOT NULL,
	`approved_by` text NOT NULL,
	`contact` text,
	`phone` text,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`evidence_id` integer,
	`proposed_at` integer NOT NULL,
	`proposed_by` integer,
	`decided_at` integer,
	`decided_by` integer,
	`revoked_at` integer,
	`revoked_by` integer,
	`reason` text,
	`batch_id` integer,
	FOREIGN KEY (`enterprise_id`) REFERENCES `enterprise`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revoked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `exemption_by_name` ON `exemption` (`name`);--> statement-breakpoint
CREATE INDEX `exemption_by_enterprise` ON `exemption` (`enterprise_id`);--> statement-breakpoint
CREATE INDEX `exemption_by_end` ON `exemption` (`to_day`,`state`);--> statement-breakpoint
CREATE INDEX `exemption_by_batch` ON `exemption` (`batch_id`);
