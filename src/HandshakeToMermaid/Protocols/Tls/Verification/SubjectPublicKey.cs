using System.Formats.Asn1;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// The outside of a public key, RFC 5280 section 4.1:
/// <code>SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }</code>
/// </summary>
/// <param name="Algorithm">The algorithm's OID.</param>
/// <param name="Curve">The named curve's OID; empty where there is none.</param>
/// <param name="Key">What the bit string holds.</param>
internal sealed record SubjectPublicKey(string Algorithm, string Curve, byte[] Key)
{
    /// <summary>Reads a SubjectPublicKeyInfo; null where it is none.</summary>
    public static SubjectPublicKey? Read(byte[] der)
    {
        try
        {
            var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var identifier = info.ReadSequence();
            var algorithm = identifier.ReadObjectIdentifier();
            var isNamedCurve = algorithm == KeyOids.Ec && identifier.HasData && identifier.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier);
            var curve = isNamedCurve ? identifier.ReadObjectIdentifier() : string.Empty;
            return new SubjectPublicKey(algorithm, curve, info.ReadBitString(out _));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
