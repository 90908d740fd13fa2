CREATE TABLE `import_layout` (
	`person_id` integer NOT NULL,
	`shape` text NOT NULL,
	`kind` text NOT NULL,
	`columns` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `shape`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_question` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`kind` text NOT NULL,
	`shape` text NOT NULL,
	`columns` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `import_question_once` ON `import_question` (`person_id`,`sha256`);