//! Projects: what is planned, where each stands, and how it stands with its resources, over time.

use event_log::views::{Fact, View};

/// The view. Projects are public; which needs and requests they name is not, until their States share those.
pub const VIEW: View = View {
    name: "project",
    kinds: &[
        "project_proposed",
        "project_edited",
        "project_funded",
        "project_begun",
        "project_completed",
        "project_cancelled",
        "project_resources_recorded",
    ],
    sql: include_str!("project.sql"),
    facts: &[
        Fact::of("project_plan", &["project"]),
        Fact::of("project_status", &["project"]),
        Fact::of("project_resources", &["project"]),
    ],
    public: &["projects", "project_budgets"],
};
