"""Files of what staff see, in the office."""

from claimdesk.web.files.views import urls_behind
from claimdesk.web.gates import office_page

urls = urls_behind(office_page())
