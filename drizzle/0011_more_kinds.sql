CREATE TABLE `dustfall` (
	`month` text NOT NULL,
	`region_id` text NOT NULL,
	`site` text NOT NULL,
	`value` integer,
	`exposure` integer,
	`note` text,
	PRIMARY KEY(`month`, `region_id`, `site`),
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `provincial_rank` (
	`region_id` text NOT NULL,
	`month` text NOT NULL,
	`pm25` integer,
	`rank` integer,
	`total` integer,
	`tied` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`region_id`, `month`),
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `provincial_rank_by_month` ON `provincial_rank` (`month`);--> statement-breakpoint
CREATE TABLE `station_hour` (
	`station_id` text NOT NULL,
	`hour` integer NOT NULL,
	`pm25` integer,
	`pm10` integer,
	`o3` integer,
	`no2` integer,
	`so2` integer,
	`co` integer,
	PRIMARY KEY(`station_id`, `hour`),
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `holiday` (
	`date` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `station` ADD `code` text;--> statement-breakpoint
ALTER TABLE `station` ADD `valid_from` text;--> statement-breakpoint
ALTER TABLE `station` ADD `valid_to` text;--> statement-breakpoint
ALTER TABLE `station` ADD `longitude` real;--> statement-breakpoint
ALTER TABLE `station` ADD `latitude` real;--> statement-breakpoint
CREATE UNIQUE INDEX `station_code_unique` ON `station` (`code`);--> statement-breakpoint
ALTER TABLE `station_day` ADD `source` text DEFAULT 'import' NOT NULL;
