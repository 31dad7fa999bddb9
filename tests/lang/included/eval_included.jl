from_included = 5
from_included * 2
