//! What the types of all calls have beside their own setters.

/// Writes what a call of one operation needs whose only field is `call: Call`: `format`, `with`, `prepare`, and
/// [`IntoFuture`].
///
/// Behind the arrow stands the method of [`Call`](crate::Call) that sends it, and in brackets the types that it gives.
///
/// All of it is inlined, so that a program compiles the calls that it makes, and no others.
///
/// ```
/// use slate_runtime::Call;
///
/// /// Asks for a parcel.
/// #[derive(Clone, Debug)]
/// pub struct Get {
///     call: Call,
/// }
///
/// slate_runtime::call!(Get => reply(String));
/// ```
#[macro_export]
macro_rules! call {
    ($call:ident => reply($value:ty)) => {
        $crate::__call!($call, $crate::Reply<$value>, reply::<$value>);
    };
    ($call:ident => reply_item($value:ty, $code:ty)) => {
        $crate::__call!($call, $crate::Reply<$value>, reply_item::<$value, $code>);
    };
    ($call:ident => batch($value:ty, $code:ty)) => {
        $crate::__call!($call, $crate::Batch<$value, $code>, batch::<$value, $code>);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    ($call:ident, $output:ty, $($send:tt)*) => {
        impl $call {
            /// Sends and asks for this format, whatever the client's is.
            #[inline]
            pub fn format(mut self, format: $crate::Format) -> Self {
                self.call.format(format);
                self
            }

            /// Sets what is other for this call than for the client. Where the API takes what its
            /// documentation does not say,
            /// [`CallOptions::query`](slate_runtime::CallOptions::query) and
            /// [`CallOptions::header`](slate_runtime::CallOptions::header) add what is not
            /// listed, [`CallOptions::without`](slate_runtime::CallOptions::without) leaves out an
            /// argument, and [`CallOptions::unchecked`](slate_runtime::CallOptions::unchecked)
            /// sends the call although it breaks a rule.
            #[inline]
            pub fn with(mut self, options: $crate::CallOptions) -> Self {
                self.call.with(options);
                self
            }

            /// The request as it would be sent, but for an access token. Sends nothing.
            ///
            /// # Errors
            /// The client is not set up for this call, or the call breaks a rule that can be checked:
            /// [`CallOptions::unchecked`](slate_runtime::CallOptions::unchecked) sends it all the
            /// same.
            #[inline]
            pub fn prepare(&self) -> ::core::result::Result<$crate::PreparedRequest, $crate::Error> {
                self.call.prepare()
            }
        }

        impl ::core::future::IntoFuture for $call {
            type Output = ::core::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::Pending<$output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.$($send)*()
            }
        }
    };
}
