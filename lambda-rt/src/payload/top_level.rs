//! A serde adapter around serde_json that lets bytes through as bytes.

use serde::ser::{Serialize, Serializer};

type Inner<'a> = &'a mut serde_json::Serializer<super::Text>;

/// A JSON serialiser that sets a value aside which serialises as bytes at the top level.
///
/// Compound values go to serde_json as a whole, so the adapter costs nothing inside them.
pub(super) struct OrBytes<'a> {
    pub(super) json: Inner<'a>,
    pub(super) bytes: &'a mut Option<Vec<u8>>,
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method(self, $($argument: $type),*) -> Result<(), Self::Error> {
            self.json.$method($($argument),*)
        })*
    };
    ($($method:ident($($argument:ident: $type:ty),*) -> $compound:ident;)*) => {
        $(fn $method(self, $($argument: $type),*) -> Result<Self::$compound, Self::Error> {
            self.json.$method($($argument),*)
        })*
    };
}

impl<'a> Serializer for OrBytes<'a> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = <Inner<'a> as Serializer>::SerializeSeq;
    type SerializeTuple = <Inner<'a> as Serializer>::SerializeTuple;
    type SerializeTupleStruct = <Inner<'a> as Serializer>::SerializeTupleStruct;
    type SerializeTupleVariant = <Inner<'a> as Serializer>::SerializeTupleVariant;
    type SerializeMap = <Inner<'a> as Serializer>::SerializeMap;
    type SerializeStruct = <Inner<'a> as Serializer>::SerializeStruct;
    type SerializeStructVariant = <Inner<'a> as Serializer>::SerializeStructVariant;

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Self::Error> {
        *self.bytes = Some(value.to_vec());
        Ok(())
    }

    // A value inside `Some` or a newtype is still at the top level: JSON shows neither.
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Self::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.json.serialize_newtype_variant(name, index, variant, value)
    }

    forward! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_i128(v: i128);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_u128(v: u128);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_str(v: &str);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    forward! {
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeTupleVariant;
        serialize_map(len: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeStructVariant;
    }
}
