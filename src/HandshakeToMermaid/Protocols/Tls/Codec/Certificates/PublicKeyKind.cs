namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>Algorithm and size of a public key (RFC 3279, RFC 5480, RFC 8410).</summary>
/// <param name="Text">"EC P-256", "RSA 2048", "Ed25519"; the OID where unknown, empty where unread.</param>
/// <param name="Bits">Bits of the modulus, prime or curve; 0 where unknown or where the algorithm is not spoken of in bits.</param>
internal sealed record PublicKeyKind(string Text, int Bits)
{
    /// <summary>Reads the kind of a certificate's key.</summary>
    /// <param name="der">The certificate.</param>
    /// <param name="publicKey">Where subjectPublicKeyInfo lies.</param>
    /// <param name="oid">Its algorithm.</param>
    public static PublicKeyKind Read(ReadOnlySpan<byte> der, DerValue publicKey, string oid)
    {
        if (!publicKey.IsSet || ObjectIdentifiers.PublicKey(oid) is not { } name) return new(oid, 0);
        var reader = new DerReader(der, publicKey);
        var algorithm = reader.Enter(DerTag.Sequence, "algorithm");
        reader.Take(DerTag.ObjectIdentifier, "algorithm");
        if (name == "EC") return ReadCurve(ref reader);
        if (name is "DSA" or "DH") return Sized(name, FirstInteger(ref reader));
        while (reader.HasMore) reader.Any("parameters");
        reader.Leave(algorithm);
        if (!name.StartsWith("RSA", StringComparison.Ordinal)) return new(name, ObjectIdentifiers.PublicKeyBits(oid));

        // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, inside the BIT STRING after its count of unused bits.
        var bits = reader.Take(DerTag.BitString, "subjectPublicKey");
        if (bits.ContentEnd <= bits.Content) return new(name, 0);
        var inner = new DerReader(der, bits with { Content = bits.Content + 1 });
        return Sized(name, FirstInteger(ref inner));
    }

    private static int FirstInteger(ref DerReader reader)
    {
        reader.Enter(DerTag.Sequence, "parameters");
        return DerText.Bits(reader.Content(reader.Take(DerTag.Integer, "parameters")));
    }

    private static PublicKeyKind Sized(string name, int bits) => new(bits > 0 ? $"{name} {bits}" : name, bits);

    private static PublicKeyKind ReadCurve(ref DerReader reader)
    {
        if (reader.NextTag == DerTag.ObjectIdentifier)
        {
            var curve = DerText.ObjectIdentifier(reader.Content(reader.Take(DerTag.ObjectIdentifier, "namedCurve")));
            return new($"EC {ObjectIdentifiers.Curve(curve) ?? curve}", ObjectIdentifiers.CurveBits(curve));
        }

        // ECParameters ::= SEQUENCE { version INTEGER, fieldID SEQUENCE { OBJECT IDENTIFIER, prime INTEGER }, ... } (RFC 3279 section 2.3.5)
        reader.Enter(DerTag.Sequence, "ecParameters");
        reader.Take(DerTag.Integer, "version");
        reader.Enter(DerTag.Sequence, "fieldID");
        reader.Take(DerTag.ObjectIdentifier, "fieldType");
        var prime = reader.Optional(DerTag.Integer, "prime-p");
        var bits = prime is { IsSet: true } p ? DerText.Bits(reader.Content(p)) : 0;
        return new("EC explicit parameters", bits);
    }
}
