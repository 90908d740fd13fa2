DROP INDEX `issue_standing`;--> statement-breakpoint
ALTER TABLE `issue` ADD `cancel_by` integer REFERENCES person(id);--> statement-breakpoint
CREATE INDEX `issue_standing` ON `issue` (`region_id`,`created_at`) WHERE state not in ('draft', 'closed', 'merged', 'cancelled', 'withdrawn');--> statement-breakpoint
ALTER TABLE `issue_event` ADD `level` text;--> statement-breakpoint
-- What histories from before don't tell: no step changed a level but 交办 of a draft, from which on it counts.
UPDATE `issue_event` SET `level` = (SELECT `level` FROM `issue` WHERE `id` = `issue_id`) WHERE `from_state` IS NULL;
