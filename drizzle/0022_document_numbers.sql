CREATE TABLE `document_number` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`pattern` text NOT NULL,
	`year` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`no` text NOT NULL,
	`subject` text NOT NULL,
	`event_id` integer,
	`title` text NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	`void_at` integer,
	`void_why` text,
	FOREIGN KEY (`event_id`) REFERENCES `issue_event`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `document_number_no_unique` ON `document_number` (`no`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_number_once` ON `document_number` (`pattern`,`year`,`ordinal`);--> statement-breakpoint
CREATE INDEX `document_number_by_subject` ON `document_number` (`subject`,`kind`);--> statement-breakpoint
CREATE INDEX `document_number_by_time` ON `document_number` (`at`,`id`);--> statement-breakpoint
ALTER TABLE `issue_event` ADD `detail` text;--> statement-breakpoint
-- Letters to discipline inspection had numbers before there was a register; one that wasn't signed is void.
INSERT INTO `document_number` (`kind`, `pattern`, `year`, `ordinal`, `no`, `subject`, `title`, `at`, `person_id`, `void_at`, `void_why`)
SELECT 'transfer', '移送〔{year}〕{n}号', CAST(substr(`no`, 4, 4) AS integer), CAST(substr(`no`, 9) AS integer), `no`, 'transfer:' || `id`,
	'移送函', `proposed_at`, `proposed_by`,
	CASE WHEN `state` = 'approved' THEN NULL ELSE COALESCE(`decided_at`, `proposed_at`) END,
	CASE `state` WHEN 'approved' THEN NULL WHEN 'refused' THEN '未获同意' ELSE '签发时另编文号' END
FROM `transfer` WHERE `no` GLOB '移送〔[0-9][0-9][0-9][0-9]〕[0-9]*号' ORDER BY `id`;
