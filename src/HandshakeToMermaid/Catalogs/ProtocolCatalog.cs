using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Tls;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every protocol that is recognised: a new one is a folder under Protocols and a line here.</summary>
internal sealed class ProtocolCatalog
{
    public ProtocolCatalog(AnalyzerLimits limits, ILookupListener listener)
    {
        var dns = new DnsObserver(limits, listener);
        Lookups = new DnsLookups();
        Datagrams = [dns];
        Streams =
        [
            new TlsProtocol(limits),
            new DnsStreamProtocol(dns),
        ];
    }

    /// <summary>Over UDP; the first that takes a datagram has it.</summary>
    public IReadOnlyList<IDatagramProtocol> Datagrams { get; }

    /// <summary>Over TCP, recognised by content; the first that is certain has the stream.</summary>
    public IReadOnlyList<IStreamProtocol> Streams { get; }

    /// <summary>Tells the story of look-ups.</summary>
    public ILookupProtocol Lookups { get; }
}
