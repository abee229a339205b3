namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>Names of the object identifiers that certificates hold. The table is ObjectIdentifiers.csv; a test keeps the generated part in step.</summary>
internal static partial class ObjectIdentifiers
{
    /// <summary>RFC 4514 keyword, or the name in common use, of an attribute of a directory name ("CN"); null where unknown.</summary>
    public static partial string? AttributeType(string oid);

    /// <summary>Name of a public key algorithm ("RSA", "Ed25519"); null where unknown.</summary>
    public static partial string? PublicKey(string oid);

    /// <summary>Bits of a public key algorithm that comes in one size; 0 elsewhere.</summary>
    public static partial int PublicKeyBits(string oid);

    /// <summary>Name of a named curve, NIST's where it has one ("P-256"); null where unknown.</summary>
    public static partial string? Curve(string oid);

    /// <summary>Bits of a named curve; 0 where unknown.</summary>
    public static partial int CurveBits(string oid);

    /// <summary>RFC name of a signature algorithm ("ecdsa-with-SHA256"); null where unknown.</summary>
    public static partial string? Signature(string oid);

    /// <summary>Name of an extended key usage ("serverAuth"); null where unknown.</summary>
    public static partial string? KeyPurpose(string oid);

    /// <summary>Name of a hash algorithm ("sha256"); null where unknown.</summary>
    public static partial string? Hash(string oid);
}
