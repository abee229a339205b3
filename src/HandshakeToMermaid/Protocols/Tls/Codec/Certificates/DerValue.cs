namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>Where a value lies: from its identifier octet to the byte after it, and its content within.</summary>
internal readonly record struct DerValue(int Start, int Content, int ContentEnd, int End)
{
    public bool IsSet => End > 0;

    public Range Whole => Start..End;
}
