//! Which handler answers a request, found once, by a tree of the paths. What was found is kept at the request as its
//! [`Route`]: the gate, figures, spans and the readers of bodies go by it.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::{Method, header};
use actix_web::{FromRequest, Handler, HttpMessage, HttpRequest, HttpResponse, Responder, web};
use futures_util::future::LocalBoxFuture;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{self, HttpMethod};
use utoipa_actix_web::OpenApiFactory;

use crate::http::handling::query;
use crate::http::policy::{self, Row};
use crate::http::problem::Problem;
use crate::http::route::Route;

/// What takes the routes of the API: the router, the API's document, and a test that looks at each by itself.
pub trait Routes {
    /// Takes one, as it is described in the document.
    fn operation<F, A>(&mut self, handler: F, description: impl OpenApiFactory)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static;
}

/// Calls a handler, whatever it takes.
type Call =
    Box<dyn Fn(HttpRequest, Payload) -> LocalBoxFuture<'static, HttpResponse> + Send + Sync>;

fn call<F, A>(handler: F) -> Call
where
    F: Handler<A> + Send + Sync,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Box::new(move |request, mut payload| {
        let handler = handler.clone();
        Box::pin(async move {
            match A::from_request(&request, &mut payload).await {
                Ok(arguments) => {
                    let answer = handler.call(arguments).await.respond_to(&request);
                    answer.map_body(|_, body| body.boxed())
                }
                Err(error) => HttpResponse::from_error(error),
            }
        })
    })
}

/// An operation of the API, as the gate needs to know it.
pub struct Operation {
    /// Who may do it.
    pub row: &'static Row,
    /// The parameters of its query.
    pub parameters: Vec<query::Parameter>,
}

impl Operation {
    /// As the document describes it; `None` without a row in the policy's table, and then nobody may do it.
    fn from_document(operation: &path::Operation) -> Option<Self> {
        let row = operation.operation_id.as_deref().and_then(policy::row)?;
        let parameters = query::parameters(operation).map(|parameter| query::Parameter {
            name: parameter.name.clone(),
            shape: parameter.schema.clone(),
        });
        Some(Self {
            row,
            parameters: parameters.collect(),
        })
    }
}

/// A path, and the endpoints of its methods, by their numbers.
struct Place {
    pattern: &'static str,
    names: Vec<&'static str>,
    methods: Vec<(Method, usize)>,
}

impl Place {
    fn new(pattern: &'static str) -> Self {
        let names = pattern.split('{').skip(1);
        let names = names.filter_map(|rest| rest.split('}').next());
        Self {
            pattern,
            names: names.map(|name| name.trim_start_matches('*')).collect(),
            methods: Vec::new(),
        }
    }

    /// The methods that the path takes, for the header Allow.
    fn allowed(&self) -> String {
        let methods = self.methods.iter();
        let mut methods: Vec<&str> = methods.map(|(method, _)| method.as_str()).collect();
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        methods.sort_unstable();
        methods.join(", ")
    }
}

/// All routes. There is one, which never differs while the program runs.
#[derive(Default)]
pub struct Router {
    tree: matchit::Router<Place>,
    endpoints: Vec<(Endpoint, Call)>,
}

/// What is at a route.
enum Endpoint {
    /// What stands in no document: a page for people, or what the operator's tools read.
    Page,
    /// An operation of the API; without a row in the policy's table nobody may do it.
    Operation(Option<Operation>),
}

/// A router that takes operations, and the document by which their descriptions are completed.
pub struct OperationRoutes<'a> {
    router: &'a mut Router,
    document: &'a OpenApi,
}

impl Router {
    /// Takes operations, whose descriptions are completed from this document.
    pub fn operations(&mut self, document: &OpenApi, enter: impl FnOnce(&mut OperationRoutes<'_>)) {
        enter(&mut OperationRoutes {
            router: self,
            document,
        });
    }

    /// Takes what stands in no document: pages for people, and what the operator's tools read.
    pub fn page<F, A>(&mut self, method: Method, pattern: &'static str, handler: F)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.enter(method, pattern, Endpoint::Page, call(handler));
    }

    fn enter(&mut self, method: Method, pattern: &'static str, endpoint: Endpoint, call: Call) {
        let number = self.endpoints.len();
        self.endpoints.push((endpoint, call));
        match self.tree.at_mut(pattern) {
            Ok(found) if found.value.pattern == pattern => {
                found.value.methods.push((method, number));
            }
            _ => {
                let mut place = Place::new(pattern);
                place.methods.push((method, number));
                if let Err(error) = self.tree.insert(pattern, place) {
                    // Tests ask for each route, and would not find this one.
                    tracing::error!(%error, pattern, "a route cannot be reached");
                }
            }
        }
    }

    /// Finds where a request goes, and notes it there, with what its path names; answers the operation, or none for a page.
    ///
    /// # Errors
    /// `no_such_route`, `method_not_allowed`.
    pub fn find(
        &'static self,
        request: &mut ServiceRequest,
    ) -> Result<Option<&'static Operation>, Problem> {
        // As the path was decoded: as it was sent, `/%761/` would not be seen to be `/v1/`.
        let path = request.match_info().as_str().to_owned();
        let found = self.tree.at(&path);
        let nowhere = || Problem::new("no_such_route").arg("path", request.path());
        let found = found.map_err(|_| nowhere())?;
        let place = found.value;
        let mut methods = place.methods.iter();
        let Some((_, number)) = methods.find(|(method, _)| method == request.method()) else {
            let allowed = place.allowed();
            let problem = Problem::new("method_not_allowed").arg("allowed", &allowed);
            return Err(problem.header(header::ALLOW, allowed));
        };
        let endpoint = self.endpoints.get(*number).map(|(endpoint, _)| endpoint);
        let operation = match endpoint {
            Some(Endpoint::Page) => None,
            Some(Endpoint::Operation(Some(operation))) => Some(operation),
            Some(Endpoint::Operation(None)) | None => return Err(nowhere()),
        };
        for (name, (_, value)) in place.names.iter().zip(found.params.iter()) {
            let names = request.match_info_mut();
            names.add_static(*name, value.to_owned());
        }
        request.extensions_mut().insert(Route {
            pattern: place.pattern,
            endpoint: *number,
        });
        Ok(operation)
    }

    /// Has a request answered where it goes.
    pub async fn answer(&self, request: HttpRequest, payload: web::Payload) -> HttpResponse {
        let route = Route::from_request(&request);
        match route.and_then(|route| self.endpoints.get(route.endpoint)) {
            Some((_, call)) => call(request, payload.into_inner()).await,
            None => HttpResponse::from_error(Problem::new("internal")),
        }
    }
}

impl Routes for OperationRoutes<'_> {
    fn operation<F, A>(&mut self, handler: F, description: impl OpenApiFactory)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        for (pattern, item) in description.paths().paths {
            let pattern: &'static str = String::leak(pattern);
            for (method, named, is_described) in [
                (Method::GET, HttpMethod::Get, item.get.is_some()),
                (Method::POST, HttpMethod::Post, item.post.is_some()),
                (Method::PUT, HttpMethod::Put, item.put.is_some()),
                (Method::PATCH, HttpMethod::Patch, item.patch.is_some()),
                (Method::DELETE, HttpMethod::Delete, item.delete.is_some()),
            ] {
                if is_described {
                    let whole = self.document.paths.get_path_operation(pattern, named);
                    let operation = whole.and_then(Operation::from_document);
                    let endpoint = Endpoint::Operation(operation);
                    self.router
                        .enter(method, pattern, endpoint, call(handler.clone()));
                }
            }
        }
    }
}
