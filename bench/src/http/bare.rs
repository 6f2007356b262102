//! The yardstick of what HTTP costs: a bare actix-web application that sends the bytes of the smallest route.

use actix_web::{App, HttpResponse, HttpServer, web};

/// What `/healthz` answers.
const BYTES: &str = "ok\n";

/// Serves until it is ended; says first where.
pub async fn serve() -> anyhow::Result<()> {
    let healthz = || async { HttpResponse::Ok().content_type("text/plain").body(BYTES) };
    let workers = std::thread::available_parallelism()?.get();
    let server = HttpServer::new(move || App::new().route("/healthz", web::get().to(healthz)))
        .workers(workers)
        .bind(("127.0.0.1", 0))?;
    for address in server.addrs() {
        println!("http://{address}");
    }
    Ok(server.run().await?)
}
