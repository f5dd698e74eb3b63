"""Files of what one sees, in the portal; also those of an account claim, before one has a customer."""

from claimdesk.web.files.views import urls_behind
from claimdesk.web.gates import signed_in_page

urls = urls_behind(signed_in_page)
