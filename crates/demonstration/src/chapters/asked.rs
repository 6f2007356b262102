//! Parties other than States, made up, so that all four audiences are there to be asked.

use serde_json::json;

use super::{Stage, both};

/// Code, kind, and names in English and French.
const ORGANIZATIONS: [(&str, &str, &str, &str); 4] = [
    (
        "SAMPLE-IGO",
        "igo",
        "Sample intergovernmental organization (made up)",
        "Exemple d’organisation intergouvernementale (inventée)",
    ),
    (
        "SAMPLE-NGO",
        "ngo",
        "Sample non-governmental organization (made up)",
        "Exemple d’organisation non gouvernementale (inventée)",
    ),
    (
        "SAMPLE-INSTITUTE",
        "programme_institute",
        "Sample institute of the Programme network (made up)",
        "Exemple d’institut du réseau du Programme (inventé)",
    ),
    (
        "SAMPLE-ENTITY",
        "un_entity",
        "Sample United Nations entity (made up)",
        "Exemple d’entité des Nations Unies (inventée)",
    ),
];

/// Registers them.
pub async fn register(stage: &Stage<'_>) -> anyhow::Result<()> {
    for (code, kind, en, fr) in ORGANIZATIONS {
        let new = json!({"code": code, "kind": kind, "names": both(en, fr)});
        let key = format!("demo/party/{code}");
        stage.post(&key, "/v1/parties", &new).await?;
    }
    Ok(())
}
