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

use crate::http::handling::languages;
use crate::http::handling::query;
use crate::http::policy::{self, Row};
use crate::http::problem::Problem;
use crate::http::route::Route;
use domain::Lang;

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
    /// The pages that are not open to all.
    pub pages: Vec<PageRoute>,
    /// How a problem is told to people, where a page was asked for.
    pub problem_page: Option<ProblemPage>,
}

/// The page that tells people of a problem.
pub type ProblemPage = fn(&PageRequest, &Problem) -> HttpResponse;

/// Of a request for a page, what its answer needs to know even if that is a problem.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The languages that whoever asks reads, best first.
    pub languages: Vec<Lang>,
    /// Path and query.
    pub target: String,
    /// Whether it only reads.
    pub is_read: bool,
    /// Whether everybody may see it, and is shown the same.
    pub is_public: bool,
    /// Whether nobody is signed in who asks.
    pub is_anonymous: bool,
    /// Whether a script asks, and not a person: then it is told in JSON.
    pub is_by_script: bool,
}

impl PageRequest {
    /// A request, as the gate sees it.
    pub fn new(request: &HttpRequest, is_public: bool) -> Self {
        Self {
            languages: languages::for_page(request),
            target: request.uri().to_string(),
            is_read: request.method() == Method::GET,
            is_public,
            is_anonymous: false,
            is_by_script: request
                .headers()
                .get(header::ACCEPT)
                .is_some_and(|accepted| accepted == "application/json"),
        }
    }
}

/// A page that is not open to all.
#[derive(Debug)]
pub struct PageRoute {
    /// Its method.
    pub method: Method,
    /// The pattern of its path.
    pub pattern: &'static str,
    /// The row of the policy's table by which it is judged; without one nobody sees it.
    pub row: Option<&'static Row>,
}

/// What is at a route.
enum Endpoint {
    /// What stands in no document and is open to all: a page for people, or what the operator's tools read.
    Open,
    /// A page for people, which shows or does what an operation does; without a row in the policy's table nobody may see it.
    Page(Option<&'static Row>),
    /// The same, where it shows everybody what anybody may see.
    PublicPage(Option<&'static Row>),
    /// An operation of the API; without a row in the policy's table nobody may do it.
    Operation(Option<Operation>),
}

/// Where a request goes, as the gate needs to know it.
#[derive(Clone, Copy)]
pub enum Destination {
    /// What is open to all.
    Open,
    /// A page: whoever may do its operation may see it.
    Page(&'static Row),
    /// A page that shows everybody what anybody may see of its operation.
    PublicPage(&'static Row),
    /// An operation of the API.
    Operation(&'static Operation),
}

impl Destination {
    /// The row of the policy's table by which it is judged who may.
    pub const fn row(self) -> Option<&'static Row> {
        match self {
            Self::Open => None,
            Self::Page(row) | Self::PublicPage(row) => Some(row),
            Self::Operation(operation) => Some(operation.row),
        }
    }
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

    /// Takes what stands in no document and is open to all: pages for people, and what the operator's tools read.
    pub fn open<F, A>(&mut self, method: Method, pattern: &'static str, handler: F)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.enter(method, pattern, Endpoint::Open, call(handler));
    }

    /// Takes a page for people, which shows or does what this operation does: it is judged by the operation's row.
    pub fn page<F, A>(&mut self, method: Method, pattern: &'static str, operation: &str, handler: F)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let row = policy::row(operation);
        self.enter_page(method, pattern, row, Endpoint::Page(row), call(handler));
    }

    /// Takes a page for people that shows everybody what anybody may see of this operation: whose session is over sees it too.
    pub fn public_page<F, A>(&mut self, pattern: &'static str, operation: &str, handler: F)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let row = policy::row(operation).filter(|row| row.is_public());
        let endpoint = Endpoint::PublicPage(row);
        self.enter_page(Method::GET, pattern, row, endpoint, call(handler));
    }

    fn enter_page(
        &mut self,
        method: Method,
        pattern: &'static str,
        row: Option<&'static Row>,
        endpoint: Endpoint,
        call: Call,
    ) {
        self.pages.push(PageRoute {
            method: method.clone(),
            pattern,
            row,
        });
        self.enter(method, pattern, endpoint, call);
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

    /// Finds where a request goes, and notes it there, with what its path names.
    ///
    /// # Errors
    /// `no_such_route`, `method_not_allowed`.
    pub fn find(&'static self, request: &mut ServiceRequest) -> Result<Destination, Problem> {
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
        let destination = match endpoint {
            Some(Endpoint::Open) => Destination::Open,
            Some(Endpoint::Page(Some(row))) => Destination::Page(row),
            Some(Endpoint::PublicPage(Some(row))) => Destination::PublicPage(row),
            Some(Endpoint::Operation(Some(operation))) => Destination::Operation(operation),
            Some(Endpoint::Page(None) | Endpoint::PublicPage(None) | Endpoint::Operation(None))
            | None => return Err(nowhere()),
        };
        for (name, (_, value)) in place.names.iter().zip(found.params.iter()) {
            let names = request.match_info_mut();
            names.add_static(*name, value.to_owned());
        }
        request.extensions_mut().insert(Route {
            pattern: place.pattern,
            endpoint: *number,
            is_page: matches!(
                destination,
                Destination::Page(_) | Destination::PublicPage(_)
            ),
        });
        Ok(destination)
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
