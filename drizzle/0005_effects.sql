CREATE TABLE `effect` (
	`key` text PRIMARY KEY NOT NULL,
	`person_id` integer,
	`act` text NOT NULL,
	`title` text NOT NULL,
	`subject` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
