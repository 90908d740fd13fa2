// What a bot of these parts can't do without: `start` is measured beside a process that loads them and nothing else.
import "@slack/bolt";
import "better-sqlite3";
import "drizzle-orm/better-sqlite3";
import "grammy";
