CREATE TABLE `heard` (
	`said` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`digest` text NOT NULL,
	`chat` text,
	`external_id` text,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
