//! Words of the schema: some that are known, and whatever comes next year.

/// Defines an enum of words, each with its spelling, and `Other` for the rest.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Another one, in Lambda's spelling.
            Other(String),
        }

        impl $name {
            /// The word, as Lambda spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Word;
                impl serde::de::Visitor<'_> for Word {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a word")
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok(match text {
                            $($text => $name::$variant,)*
                            other => $name::Other(other.to_owned()),
                        })
                    }
                }
                deserializer.deserialize_str(Word)
            }
        }
    };
}

words! {
    /// Why a function is initialised.
    InitType {
        /// For an invocation that waits.
        OnDemand = "on-demand",
        /// For provisioned concurrency.
        ProvisionedConcurrency = "provisioned-concurrency",
        /// For a snapshot.
        SnapStart = "snap-start",
        /// On a managed instance.
        LambdaManagedInstances = "lambda-managed-instances",
    }
}

words! {
    /// Where an initialisation takes place.
    InitPhase {
        /// In a phase of its own.
        Init = "init",
        /// Within the invocation that waits for it, after one that failed.
        Invoke = "invoke",
        /// Before a snapshot is taken.
        SnapStart = "snap-start",
    }
}

words! {
    /// How something ended.
    Status {
        /// Well.
        Success = "success",
        /// With an error of the function or its runtime.
        Error = "error",
        /// With an error of the environment.
        Failure = "failure",
        /// It took too long.
        Timeout = "timeout",
    }
}

words! {
    /// A kind of trace.
    TracingType {
        /// X-Ray.
        AmznTraceId = "X-Amzn-Trace-Id",
    }
}
