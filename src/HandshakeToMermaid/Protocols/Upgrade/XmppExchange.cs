using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>XMPP (RFC 6120 section 5): elements, each up to its ">"; text between them is not read.</summary>
internal sealed class XmppExchange() : StartTlsExchange("xmpp", "XMPP")
{
    private bool isOffered;
    private bool isRequired;
    private bool isInOffer;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'>') + 1;

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        var start = unit.LastIndexOf((byte)'<');
        if (start < 0) return default;
        var element = unit[(start + 1)..^1];
        if (from == Side.Client)
        {
            if (Is(element, "stream:stream"u8)) return new UpgradeMessage(UpgradeTransition.Said, "stream", To(element));
            return Is(element, "starttls"u8) ? new UpgradeMessage(UpgradeTransition.Asked, "starttls") : default;
        }

        if (Is(element, "stream:stream"u8)) return new UpgradeMessage(UpgradeTransition.Said, "stream");
        if (Is(element, "starttls"u8)) isOffered = isInOffer = true;
        else if (Is(element, "/starttls"u8)) isInOffer = false;
        else if (Is(element, "required"u8)) isRequired |= isInOffer;
        else if (Is(element, "proceed"u8)) return new UpgradeMessage(UpgradeTransition.Accepted, "proceed");
        else if (Is(element, "failure"u8)) return new UpgradeMessage(UpgradeTransition.Refused, "failure");
        else if (Is(element, "/stream:features"u8)) return new UpgradeMessage(UpgradeTransition.Said, "features", new StepFact(Detail.Brief, string.Empty, Offer));
        return default;
    }

    private string Offer => !isOffered ? "no starttls offered" : isRequired ? "starttls required" : "starttls offered";

    private static bool Is(ReadOnlySpan<byte> element, ReadOnlySpan<byte> name) =>
        element.StartsWith(name) && (element.Length == name.Length || element[name.Length] is (byte)' ' or (byte)'/' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    private static StepFact[] To(ReadOnlySpan<byte> element)
    {
        var at = element.IndexOf(" to="u8);
        if (at < 0 || element.Length < at + 6) return [];
        var quoted = element[(at + 5)..];
        var end = quoted.IndexOf(element[at + 4]);
        return end <= 0 ? [] : [new StepFact(Detail.Normal, "to", Encoding.UTF8.GetString(quoted[..Math.Min(end, 120)])) { IsFreeText = true }];
    }
}
