namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>Values of X.509 and OCSP, field by field.</summary>
internal static class DerExamples
{
    /// <summary>CN=A, in DER without its outer identifier and length.</summary>
    public const string NameOfA = "310A300806035504030C0141";

    /// <summary>RFC 5280 section 4.1.</summary>
    public static string Certificate(string extensions = "30 extensions{06 extnID=551D13 01? critical=FF 04 extnValue=3000}") => $$$"""
        30 Certificate{
            30 tbsCertificate{
                A0? version{02 version=02} 02 serialNumber=00B1 30 signature=06082A8648CE3D040302 30 issuer={{{NameOfA}}}
                30 validity{18~ notBefore="20260101000000Z" 17~ notAfter="260102030405Z"}
                30 subject=310A300806035504030C0142 30 subjectPublicKeyInfo=300506032B65700303000102 81? issuerUniqueID=00A1 82? subjectUniqueID=00A2
                A3? extensions{30 extensions*{ {{{extensions}}} }}
            }
            30 signatureAlgorithm=06032B6571 03 signatureValue=00A1A2A3
        }
        """;

    /// <summary>RFC 6960 section 4.2.1, with a status: of a certificate that is good where none is given.</summary>
    public static string OcspResponse(string status = "80 certStatus=", string responder = $"A1~ responderID{{30 byName={NameOfA}}}") => $$$"""
        30 OCSPResponse{
            0A responseStatus=00
            A0? responseBytes{30 responseBytes{06 responseType=2B0601050507300101 04 response{30 BasicOCSPResponse{
                30 tbsResponseData{
                    A0? version=020100 {{{responder}}} 18~ producedAt="20260102030405Z"
                    30 responses*{
                        30 responses{
                            30 certID{30 hashAlgorithm+{06 hashAlgorithm=2B0E03021A 05?~ hashAlgorithm=} 04 issuerNameHash=A1A2 04 issuerKeyHash=B1B2 02 serialNumber=1001}
                            {{{status}}} 18~ thisUpdate="20260103030405Z" A0? nextUpdate{18~ nextUpdate="20260104030405Z"} A1? singleExtensions=3000
                        }
                        30 responses{
                            30 certID{30 hashAlgorithm+{06 hashAlgorithm=2A0304} 04 issuerNameHash=C1 04 issuerKeyHash=D1 02 serialNumber=1002}
                            82 certStatus= 18~ thisUpdate="20260105030405Z"
                        }
                    }
                    A1? responseExtensions=3000
                }
                30 signatureAlgorithm=06082A8648CE3D040302 03 signature=00E1E2
                A0? certs{30 certs*{30 certs=020101 30 certs=020102}}
            } } } }
        }
        """;

    /// <summary>The values of extensions (RFC 5280 section 4.2, RFC 7633 section 6), by the content of their identifiers.</summary>
    public static readonly (string Id, string Value)[] Extensions =
    [
        ("551D0E", "04 subjectKeyIdentifier=A1A2"),
        ("551D0F", "03 keyUsage=0780"),
        ("551D11", """30 subjectAltName*{82~ subjectAltName="a.example" 87~ subjectAltName=0A000001}"""),
        ("551D13", "30 basicConstraints{01? cA=FF 02? pathLenConstraint=03}"),
        ("551D1E", """
            30 nameConstraints{
                A0? permittedSubtrees*{30 permittedSubtrees+{82~ base="example.com"} 30 permittedSubtrees+{87~ base=0A000000FF000000 80?~ permittedSubtrees=00}}
                A1? excludedSubtrees*{30 excludedSubtrees+{82~ base=".example.net"} 30 excludedSubtrees+{81~ base="a@example.com"}}
            }
            """),
        ("551D23", "30 authorityKeyIdentifier+{80? authorityKeyIdentifier=B1B2 82?~ authorityKeyIdentifier=03}"),
        ("551D25", "30 extKeyUsage*{06~ extKeyUsage=2B06010505070301}"),
        ("2B06010505070101", "30 authorityInfoAccess*{30~ authorityInfoAccess=06082B06010505073001860161 30~ authorityInfoAccess=06082B0601050507300186026162}"),
        ("2B06010505070118", "30 Features*{02 Features=11 02 Features=05}"),
    ];
}
