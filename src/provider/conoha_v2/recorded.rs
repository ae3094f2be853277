//! What was recorded, decoded.
