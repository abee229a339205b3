namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What kind of value identifies somebody: each kind has pseudonyms of its own form.</summary>
internal enum OriginalKind
{
    /// <summary>An IP address.</summary>
    Address,

    /// <summary>A host name, a domain name, or a service in one.</summary>
    Name,

    /// <summary>Several names with a space between them, as a certificate's names are shown.</summary>
    NameList,

    /// <summary>A distinguished name of whoever a certificate is for, in the text form of this program: "CN=www.example.com, O=Example".</summary>
    Subject,

    /// <summary>A distinguished name of a certificate authority. Public ones stay.</summary>
    Authority,

    /// <summary>A certificate's serial number, hexadecimal.</summary>
    SerialNumber,

    /// <summary>The hash of a certificate or of a public key, hexadecimal or base64.</summary>
    Fingerprint,

    /// <summary>A session ID or a session ticket, hexadecimal.</summary>
    Session,

    /// <summary>The first line of a HTTP request: "GET /dashboard HTTP/1.1".</summary>
    RequestLine,

    /// <summary>The first line of a HTTP response, whose reason phrase the server chooses: "HTTP/1.1 200 OK".</summary>
    StatusLine,

    /// <summary>Free text from the wire: a greeting, a reason, a TXT record, the identity of a pre-shared key.</summary>
    FreeText,

    /// <summary>The name of an application protocol that is not registered.</summary>
    Protocol,

    /// <summary>A link-layer (MAC) address, hexadecimal.</summary>
    LinkAddress,

    /// <summary>A file, as the user named it.</summary>
    File,
}
