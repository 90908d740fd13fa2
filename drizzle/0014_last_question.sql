CREATE TABLE `last_question` (
	`person_id` integer NOT NULL,
	`place` text NOT NULL,
	`phrase` text NOT NULL,
	PRIMARY KEY(`person_id`, `place`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
