CREATE TABLE `response` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`drill` integer NOT NULL,
	`level` text,
	`document_no` text NOT NULL,
	`issued_at` integer NOT NULL,
	`effective_from` integer NOT NULL,
	`expected_end` integer,
	`area` text,
	`evidence_id` integer,
	`round` integer DEFAULT 1 NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` integer,
	`ended_at` integer,
	`ended_by` integer,
	`ended_why` text,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`started_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `response_by_end` ON `response` (`ended_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `response_order_once` ON `response` (`document_no`,`kind`,`drill`);--> statement-breakpoint
CREATE TABLE `response_check` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` integer NOT NULL,
	`order_id` integer NOT NULL,
	`drawn_at` integer NOT NULL,
	`outcome` text,
	`at` integer,
	`by_id` integer,
	`text` text,
	`issue_id` integer,
	FOREIGN KEY (`response_id`) REFERENCES `response`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `response_order`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `response_check_once` ON `response_check` (`response_id`,`order_id`);--> statement-breakpoint
CREATE TABLE `response_clock` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` integer NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`response_id`) REFERENCES `response`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `response_clock_due` ON `response_clock` (`done_at`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `response_clock_once` ON `response_clock` (`response_id`,`round`,`kind`,`at`);--> statement-breakpoint
CREATE TABLE `response_execution` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`order_id` integer NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	`evidence_id` integer,
	`reading` real,
	`text` text,
	FOREIGN KEY (`order_id`) REFERENCES `response_order`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `response_execution_by_order` ON `response_execution` (`order_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `response_execution_file` ON `response_execution` (`order_id`,`evidence_id`);--> statement-breakpoint
CREATE TABLE `response_level` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` integer NOT NULL,
	`round` integer NOT NULL,
	`level` text,
	`document_no` text NOT NULL,
	`effective_from` integer NOT NULL,
	`at` integer NOT NULL,
	`by_id` integer,
	FOREIGN KEY (`response_id`) REFERENCES `response`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `response_level_round` ON `response_level` (`response_id`,`round`);--> statement-breakpoint
CREATE TABLE `response_order` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` integer NOT NULL,
	`round` integer NOT NULL,
	`unit` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`enterprise_id` integer,
	`grade` text,
	`measures` text NOT NULL,
	`exempt` text,
	`told_at` integer,
	`acknowledged_at` integer,
	`acknowledged_by` integer,
	`executed_at` integer,
	FOREIGN KEY (`response_id`) REFERENCES `response`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`enterprise_id`) REFERENCES `enterprise`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`acknowledged_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `response_order_by_enterprise` ON `response_order` (`enterprise_id`,`response_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `response_order_unit` ON `response_order` (`response_id`,`round`,`unit`);--> statement-breakpoint
CREATE TABLE `response_report` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` integer NOT NULL,
	`region_id` text NOT NULL,
	`due` integer NOT NULL,
	`at` integer,
	`by_id` integer,
	`executing` integer,
	`ordered` integer,
	`text` text,
	FOREIGN KEY (`response_id`) REFERENCES `response`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `response_report_once` ON `response_report` (`response_id`,`region_id`,`due`);