"""What the clock has done: each task with its moment. Settings take these over."""

# (Celery task, hour, minute): every slot is done once, late if need be. Local time.
DAILY_ERRANDS = [
    ("learning.tasks.roll_up_all", 2, 30),
    ("learning.tasks.release_quarters", 3, 30),
    ("learning.tasks.notice", 4, 0),
    ("accountability.tasks.close_pulses", 0, 20),
    ("accountability.tasks.sweep_evidence", 0, 40),
    ("accountability.tasks.verify_log", 5, 15),
    ("accountability.tasks.compare_answers", 4, 30),
    ("accountability.tasks.take_stock", 4, 45),
    ("cases.tasks.end_expired_sharing", 1, 10),
    ("deviations.tasks.expire_spaces", 1, 20),
    ("deviations.tasks.remind_of_spaces", 6, 0),
    ("deviations.tasks.ask_whether_it_helped", 6, 30),
    ("accountability.tasks.watch_reviews", 6, 45),
    ("accountability.tasks.take_access_files_away", 1, 30),
]
# (Celery task, seconds between slots)
REPEATING_ERRANDS = [
    ("organisation.tasks.seal", 60),
    ("learning.tasks.follow_the_logbook", 60),
    ("deviations.tasks.watch_deadlines", 600),
    ("deviations.tasks.watch_proposals", 600),
    ("accountability.tasks.freeze_dossiers", 60),
    ("accountability.tasks.watch_seal", 600),
]
