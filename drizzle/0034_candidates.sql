CREATE TABLE `paper_candidate` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`period` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`state` text NOT NULL,
	`facts` text NOT NULL,
	`reason` text,
	`proposed_at` integer NOT NULL,
	`proposed_by` integer,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "paper_candidate_unit" CHECK(("region_id" is null) <> ("department_id" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `paper_candidate_by_state` ON `paper_candidate` (`kind`,`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `paper_candidate_region` ON `paper_candidate` (`kind`,`period`,`region_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `paper_candidate_department` ON `paper_candidate` (`kind`,`period`,`department_id`);--> statement-breakpoint
CREATE TABLE `paper_candidate_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`candidate_id` integer NOT NULL,
	`step` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	FOREIGN KEY (`candidate_id`) REFERENCES `paper_candidate`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `paper_candidate_step_by_candidate` ON `paper_candidate_step` (`candidate_id`,`id`);