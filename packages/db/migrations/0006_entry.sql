CREATE TABLE "guest_links" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"label" text NOT NULL,
	"seats" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "guest_seats" (
	"link_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guest_seats_link_id_participant_id_pk" PRIMARY KEY("link_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "meeting_entries" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"rule" text NOT NULL,
	"community_id" text
);
--> statement-breakpoint
CREATE TABLE "meeting_invited" (
	"meeting_id" text NOT NULL,
	"email" text NOT NULL,
	CONSTRAINT "meeting_invited_meeting_id_email_pk" PRIMARY KEY("meeting_id","email")
);
--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_seats" ADD CONSTRAINT "guest_seats_link_id_guest_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."guest_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_entries" ADD CONSTRAINT "meeting_entries_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_entries" ADD CONSTRAINT "meeting_entries_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_invited" ADD CONSTRAINT "meeting_invited_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guest_links_meeting" ON "guest_links" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "meeting_invited_email" ON "meeting_invited" USING btree ("email");