-- Until now every target was one of the year. Foreign keys are off while src/store/open.ts migrates.
CREATE TABLE `__new_county_target` (
	`region_id` text NOT NULL,
	`indicator` text NOT NULL,
	`span` text NOT NULL,
	`constraint_value` text,
	`stretch_value` text,
	PRIMARY KEY(`region_id`, `indicator`, `span`),
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_county_target`("region_id", "indicator", "span", "constraint_value", "stretch_value") SELECT "region_id", "indicator", 'year', "constraint_value", "stretch_value" FROM `county_target`;--> statement-breakpoint
DROP TABLE `county_target`;--> statement-breakpoint
ALTER TABLE `__new_county_target` RENAME TO `county_target`;
