//! What answers needs: requests, projects, contributions, materials.

pub mod contributing;
pub(in crate::http) mod contribution_input;
pub mod contribution_totals;
pub mod contributions;
pub mod entering;
pub mod material_life;
pub mod materials;
pub mod project_life;
pub mod project_plan;
pub mod project_view;
pub mod projects;
pub mod requesting;
pub mod requests;
pub mod visible_references;
