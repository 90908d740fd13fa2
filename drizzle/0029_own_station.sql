CREATE TABLE `own_station` (
	`person_id` integer NOT NULL,
	`station_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `station_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
