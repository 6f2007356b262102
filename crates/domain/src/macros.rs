//! What aggregates are written with: the tables of codes, events and refusals, and what makes an aggregate of a module.

/// An enum whose variants are codes: the same text in stored events, in the API and on the command line.
#[macro_export]
macro_rules! code_enum {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($variants:tt)+ }) => {
        $crate::code_enum! { @named stringify!($name); $(#[doc = $doc])* pub enum $name { $($variants)+ } }
    };
    // Where another type has the same name, the API's document needs one of its own.
    ($(#[doc = $doc:literal])* pub enum $name:ident as $schema:literal { $($variants:tt)+ }) => {
        $crate::code_enum! { @named $schema; $(#[doc = $doc])* pub enum $name { $($variants)+ } }
    };
    (@named $schema:expr; $(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $variant_doc:literal])* $variant:ident = $code:literal,)+
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $variant_doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                $crate::schema::codes(&[$($doc),*], &[$(($code, &[$($variant_doc),*]),)+])
            }
        }

        impl $crate::utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($schema)
            }
        }

        impl $name {
            /// All of them, in the order in which they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl $crate::fault::Codes for $name {
            const CODES: &'static [&'static str] = &[$($code,)+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::fault::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::fault::UnknownCode {
                        code: code.to_owned(),
                        known: <Self as $crate::fault::Codes>::CODES,
                    }),
                }
            }
        }
    };
}

/// An aggregate's events: a struct for each, stored under its kind.
///
/// An old shape is upcast where its kind is read: a field that is missing gets a default in the struct.
macro_rules! events {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident = $kind:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "kind", content = "data")]
        #[allow(missing_docs, reason = "each variant's struct says what happened")]
        pub enum $name {
            $(#[serde(rename = $kind)] $variant($variant),)+
        }

        $(
            impl From<$variant> for $name {
                fn from(event: $variant) -> Self {
                    Self::$variant(event)
                }
            }
        )+

        impl $crate::DomainEvent for $name {
            const KINDS: &'static [&'static str] = &[$($kind,)+];

            fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }

            fn to_data(&self) -> serde_json::Value {
                match self { $(Self::$variant(event) => $crate::decider::data(event),)+ }
            }

            fn from_stored(kind: &str, data: serde_json::Value) -> Result<Self, $crate::StoredEventError> {
                let event = match kind {
                    $($kind => serde_json::from_value(data).map(Self::$variant),)+
                    _ => return Err($crate::StoredEventError::UnknownKind { kind: kind.to_owned() }),
                };
                event.map_err(|source| $crate::StoredEventError::Malformed { kind: kind.to_owned(), source })
            }
        }
    };
}

/// An aggregate's refusals: code and sentence. One that is written `Variant(faults)` lists faults.
macro_rules! refusals {
    (@faults $faults:ident) => { Vec<$crate::Fault> };
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $(($faults:ident))? = $code:literal, $sentence:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, thiserror::Error)]
        #[allow(missing_docs, reason = "each variant's sentence says it")]
        pub enum $name {
            $(#[error($sentence)] $variant $((refusals!(@faults $faults)))?,)+
        }

        impl $name {
            /// The code and the sentence of each.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($code, $sentence),)+];
        }

        impl $crate::Refusal for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)+ }
            }

            fn faults(&self) -> Vec<$crate::Fault> {
                match self { $(Self::$variant $(($faults))? => refusals!(@list $($faults)?),)+ }
            }
        }
    };
    (@list) => { Vec::new() };
    (@list $faults:ident) => { $faults.clone() };
}

/// An aggregate of what its module says: `Command`, `Context`, `Event`, `State`, `Refusal`, and the functions `decide` and `evolve`.
macro_rules! decider {
    ($aggregate:ident) => {
        impl $crate::Decider for $aggregate {
            type Command = Command;
            type Context = Context;
            type Event = Event;
            type State = State;
            type Refusal = Refusal;

            fn decide(
                state: &State,
                context: &Context,
                command: Command,
            ) -> Result<Vec<Event>, Refusal> {
                decide(state, context, command)
            }

            fn evolve(state: State, event: &Event) -> State {
                evolve(state, event)
            }
        }
    };
}
