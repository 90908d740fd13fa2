CREATE TABLE `picture_look` (
	`sha256` text PRIMARY KEY NOT NULL,
	`a` integer,
	`b` integer,
	`c` integer,
	`d` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `picture_look_a` ON `picture_look` (`a`);--> statement-breakpoint
CREATE INDEX `picture_look_b` ON `picture_look` (`b`);--> statement-breakpoint
CREATE INDEX `picture_look_c` ON `picture_look` (`c`);--> statement-breakpoint
CREATE INDEX `picture_look_d` ON `picture_look` (`d`);--> statement-breakpoint
ALTER TABLE `evidence` ADD `round` integer;--> statement-breakpoint
ALTER TABLE `evidence` ADD `twin_id` integer REFERENCES evidence(id);--> statement-breakpoint
CREATE INDEX `evidence_by_content` ON `evidence` (`sha256`,`id`);--> statement-breakpoint
CREATE INDEX `evidence_by_sending` ON `evidence` (`sent_sha256`,`id`);--> statement-breakpoint
ALTER TABLE `issue` ADD `latitude` real;--> statement-breakpoint
ALTER TABLE `issue` ADD `longitude` real;--> statement-breakpoint
ALTER TABLE `issue` ADD `round` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `stages` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `displayed_until` text;--> statement-breakpoint
CREATE INDEX `issue_by_creator` ON `issue` (`created_by`,`created_at`);;--> statement-breakpoint
-- Rounds from before are told by the history: a rejection and a relapse each began another one.
UPDATE `issue` SET `round` = 1 + (SELECT count(*) FROM `issue_event` WHERE `issue_id` = `issue`.`id` AND `step` IN ('reject', 'reopen'));--> statement-breakpoint
UPDATE `evidence` SET `round` = 1 + (SELECT count(*) FROM `issue_event` WHERE `issue_id` = `evidence`.`issue_id` AND `step` IN ('reject', 'reopen') AND `at` < `evidence`.`at`) WHERE `issue_id` IS NOT NULL;--> statement-breakpoint
UPDATE `issue` SET (`latitude`, `longitude`) = (SELECT `latitude`, `longitude` FROM `evidence` WHERE `issue_id` = `issue`.`id` AND `kind` = 'before' AND `latitude` IS NOT NULL ORDER BY `id` LIMIT 1);
