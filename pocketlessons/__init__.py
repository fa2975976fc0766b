"""Pocket Lessons: one curator, one learner, one lasting private thread."""
