use super::play::Play;

impl Play<'_> {
    pub async fn contributions_to(&self, _meeting: &str) {}
    pub async fn assistance(&self, _replies: &[String]) {}
}
