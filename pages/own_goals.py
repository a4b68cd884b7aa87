"""The goals that the city set itself: kept, missed, open or of unknown outcome."""

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.markup import page_opening
from components.own_goal_list import own_goal_list
from components.texts import text
from data.models import Language
from data.own_goals import OUTCOMES, own_goals
from pages.registry import FOOTER
from pages.site import current_site
from pages.structured_data import breadcrumbs


def layout(language: Language) -> Page:
    """Return all goals by outcome; those that no value can decide on come last."""
    site = current_site()
    goals = own_goals(site.edition, site.city)
    title = text("own_goals_title", language)
    lead = text("own_goals_lead" if goals else "own_goals_none", language, n=len(goals))
    address = {goal.indicator.code: urls.indicator(language, goal.indicator.slug) for goal in goals}
    parts: list[Component] = [
        page_opening(title, lead),
        html.P(text("own_goals_rule", language)),
    ]
    for outcome in (*OUTCOMES, None):
        members = [goal for goal in goals if goal.outcome == outcome]
        if members:
            heading = text(f"own_goals_{outcome or 'doubtful'}", language, n=len(members))
            listed = own_goal_list(members, site.edition.sources, language, address)
            parts.append(html.Section([html.H2(heading), listed], id=outcome or "doubtful"))
    path = "own-goals/"
    return Page(
        title=title,
        description=text("own_goals_description", language, **site.city_words(language)),
        path=path,
        main=html.Div(parts, className="page words"),
        section="own_goals",
        structured=(breadcrumbs(site, language, ((title, path),)),),
    )


register_page(
    __name__,
    name="own_goals",
    path_template="/<language>/own-goals/",
    layout=layout,
    order=11,
    navigation=(FOOTER,),
)
