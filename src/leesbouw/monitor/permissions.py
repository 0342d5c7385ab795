"""What one may do with the Monitor. Which role may do what stands in content/nl/role."""

from .domain.access import MAY_READ_OPEN

VIEW = "monitor.view"  # rounds and counts of those within reach
COORDINATE = "monitor.coordinate"  # plan, open, enrol, extend, remind, close
AUTHORISE = "monitor.authorise"  # say for a school that it takes part
RUN_CLASS = "monitor.run_class"  # start a class on the board, pause it, give a late code
REPORT = "monitor.report"  # read reports of one's own level
OPEN_ANSWERS = MAY_READ_OPEN  # read what was written freely: the school's coordinator and consultant
DISCUSS = "monitor.discuss"  # hold a team session, choose the talking points
RESEARCH = "monitor.research"  # versions, datasets and publication for the whole country
SET_GOALS = "plans.edit_plans"  # of plans, a room beside this one: a finding only leads there
VIEW_BOOKS = (
    "collection.view"  # of the collection, a room beside this one: what was lent stands beside what was said
)
