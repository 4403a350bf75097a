//! Records of the Kinesis Producer Library, which puts many of them into one record of the stream: four bytes of magic, a message
//! of Protocol Buffers, and the MD5 of the message.
//!
//! <https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md>

use super::KinesisEventRecord;
use crate::PayloadError;

const MAGIC: [u8; 4] = [0xF3, 0x89, 0x9A, 0xC2];
const DIGEST: usize = 16;

/// A record as the producer wrote it, before the Kinesis Producer Library put it together with others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UserRecord<'a> {
    /// What the producer sent.
    pub data: &'a [u8],
    /// What the producer has chosen the shard by.
    pub partition_key: &'a str,
    /// The hash that the producer has given in place of the partition key's: a decimal number. Mostly absent.
    pub explicit_hash_key: Option<&'a str>,
    /// Place among the records that were put together. 0 for one that is alone.
    pub sub_sequence_number: usize,
}

impl KinesisEventRecord {
    /// The records that the Kinesis Producer Library put together in this one, in their order. One that it has not made is
    /// the only one.
    ///
    /// # Errors
    ///
    /// As [`KinesisEventRecord::data`].
    pub fn user_records(&self) -> Result<Vec<UserRecord<'_>>, PayloadError> {
        let data = self.data()?;
        Ok(aggregated(data).unwrap_or_else(|| {
            vec![UserRecord {
                data,
                partition_key: &self.kinesis.partition_key,
                explicit_hash_key: None,
                sub_sequence_number: 0,
            }]
        }))
    }
}

/// `None` if it is something else, which is what everything with a wrong sum counts as: data may begin with any four bytes.
fn aggregated(data: &[u8]) -> Option<Vec<UserRecord<'_>>> {
    let rest = data.strip_prefix(&MAGIC)?;
    let (message, digest) = rest.split_at_checked(rest.len().checked_sub(DIGEST)?)?;
    if md5::compute(message).0 != digest {
        return None;
    }

    let (mut partition_keys, mut hash_keys, mut records) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields = Fields(message);
    while let Some((number, value)) = fields.next()? {
        match (number, value) {
            (1, Value::Bytes(key)) => partition_keys.push(std::str::from_utf8(key).ok()?),
            (2, Value::Bytes(key)) => hash_keys.push(std::str::from_utf8(key).ok()?),
            (3, Value::Bytes(record)) => records.push(record),
            _ => {}
        }
    }
    let records = records.into_iter().enumerate();
    records.map(|(at, record)| user_record(record, at, &partition_keys, &hash_keys)).collect()
}

fn user_record<'a>(
    message: &'a [u8],
    sub_sequence_number: usize,
    partition_keys: &[&'a str],
    hash_keys: &[&'a str],
) -> Option<UserRecord<'a>> {
    let (mut partition_key, mut explicit_hash_key, mut data) = (None, None, None);
    let mut fields = Fields(message);
    while let Some((number, value)) = fields.next()? {
        match (number, value) {
            (1, Value::Number(at)) => partition_key = Some(*partition_keys.get(usize::try_from(at).ok()?)?),
            (2, Value::Number(at)) => explicit_hash_key = Some(*hash_keys.get(usize::try_from(at).ok()?)?),
            (3, Value::Bytes(bytes)) => data = Some(bytes),
            _ => {}
        }
    }
    Some(UserRecord { data: data?, partition_key: partition_key?, explicit_hash_key, sub_sequence_number })
}

/// The fields of a message of Protocol Buffers, as far as this format has any use for them.
struct Fields<'a>(&'a [u8]);

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

impl<'a> Fields<'a> {
    /// The next field. The outer `None` is a message that is broken, the inner one its end.
    fn next(&mut self) -> Option<Option<(u64, Value<'a>)>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => self.take(8).map(|_| Value::Other)?,
            2 => {
                let len = self.number()?;
                Value::Bytes(self.take(usize::try_from(len).ok()?)?)
            }
            5 => self.take(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some(Some((tag >> 3, value)))
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for at in 0..10 {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7F).checked_shl(7 * at)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinesis::KinesisRecord;

    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut field = vec![number << 3 | 2, u8::try_from(bytes.len()).unwrap()];
        field.extend(bytes);
        field
    }

    fn record_of(message: &[u8], digest: &[u8]) -> KinesisEventRecord {
        let data = [&MAGIC, message, digest].concat();
        let kinesis =
            KinesisRecord { data: data.into(), partition_key: "outer".into(), ..Default::default() };
        KinesisEventRecord { kinesis, ..Default::default() }
    }

    fn two_records() -> Vec<u8> {
        let first = [&[0x08, 0][..], &field(3, b"one")].concat();
        let second = [&[0x08, 1, 0x10, 0][..], &field(3, b"two")].concat();
        [field(1, b"a"), field(1, b"b"), field(2, b"123"), field(3, &first), field(3, &second)].concat()
    }

    #[test]
    fn records_that_were_put_together_are_taken_apart() {
        let message = two_records();
        let record = record_of(&message, &md5::compute(&message).0);
        let users = record.user_records().unwrap();
        assert_eq!(users.len(), 2);
        assert_eq!(
            (users[0].data, users[0].partition_key, users[0].explicit_hash_key),
            (&b"one"[..], "a", None)
        );
        assert_eq!(
            (users[1].data, users[1].partition_key, users[1].explicit_hash_key),
            (&b"two"[..], "b", Some("123"))
        );
        assert_eq!(users[1].sub_sequence_number, 1);
    }

    #[test]
    fn a_wrong_sum_or_a_broken_message_is_a_record_like_any_other() {
        let message = two_records();
        for (message, digest) in [
            (&message[..], [0; DIGEST]),
            (&message[..message.len() - 1], md5::compute(&message[..message.len() - 1]).0),
            (&[0xFF; 30][..], md5::compute([0xFF; 30]).0),
        ] {
            let record = record_of(message, &digest);
            let users = record.user_records().unwrap();
            assert_eq!((users.len(), users[0].partition_key), (1, "outer"));
            assert_eq!(users[0].data, record.data().unwrap());
        }
    }
}
