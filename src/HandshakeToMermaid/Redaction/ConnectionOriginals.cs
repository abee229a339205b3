using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>Every value of a connection that identifies somebody.</summary>
internal static class ConnectionOriginals
{
    /// <summary>The values, each once; those that stay are not among them.</summary>
    public static IReadOnlyList<Original> Of(Connection connection)
    {
        var all = new OrderedDictionary<Original, bool>();
        foreach (var original in Each(connection))
        {
            if (original.Text.Length > 0 && !Pseudonyms.Stays(original)) all.TryAdd(original, true);
        }

        return [.. all.Keys];
    }

    private static IEnumerable<Original> Each(Connection connection)
    {
        yield return new Original(OriginalKind.File, connection.Capture);
        foreach (var party in connection.Proxy is { } proxy ? [connection.Client, connection.Server, proxy] : (Party[])[connection.Client, connection.Server])
        {
            if (party.Endpoint is { } endpoint) yield return Address(endpoint.Address);
            if (party.Name is not { } name) continue;
            foreach (var one in Names(name)) yield return one;
        }

        foreach (var attempt in connection.Beside) yield return Address(attempt.Server.Address);
        if (connection.Visit is { } visit) yield return Address(visit.Other.Address);
        foreach (var query in connection.Queries)
        {
            foreach (var original in OfQuery(query)) yield return original;
        }

        foreach (var step in connection.Steps.Concat(connection.Beside.SelectMany(a => a.Steps)))
        {
            if (step.Helper is { } helper && EndpointIn(helper) is { } resolver) yield return resolver;
            if (step.Router is { } router && EndpointIn(router) is { } sender) yield return sender;
        }

        foreach (var original in connection.Facts.Concat(connection.Lane?.Lane?.Facts ?? []).SelectMany(f => f.Originals))
        {
            if (original.Kind == OriginalKind.Name)
            {
                foreach (var one in Names(original.Text)) yield return one;
            }
            else
            {
                yield return original;
                foreach (var inside in Inside(original)) yield return inside;
            }
        }
    }

    private static IEnumerable<Original> OfQuery(DnsQuery query)
    {
        foreach (var name in Names(query.Name)) yield return name;
        yield return Address(query.Client.Address);
        yield return Address(query.Resolver.Address);
        foreach (var address in query.Addresses) yield return Address(address);
        foreach (var error in query.ExtendedErrors)
        {
            if (error.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end) yield return new Original(OriginalKind.FreeText, error) { Kept = end + 2 };
        }

        foreach (var answer in query.Answers)
        {
            foreach (var original in DnsAnswerOriginals.Of(answer)) yield return original;
        }
    }

    /// <summary>The values of a distinguished name: each of them may stand alone in a text.</summary>
    private static IEnumerable<Original> Inside(Original original)
    {
        if (original.Kind is not (OriginalKind.Subject or OriginalKind.Authority) || Pseudonyms.Stays(original)) yield break;
        foreach (var (type, value) in DirectoryNamePseudonyms.Parts(original.Text))
        {
            if (type == "C" || value.Length == 0) continue;
            if (DirectoryNamePseudonyms.IsHost(value) || value.Contains('@', StringComparison.Ordinal))
            {
                foreach (var name in Names(value)) yield return name;
            }
            else if (type.Length > 0 && !(original.Kind == OriginalKind.Authority && PublicAuthorities.Contains(value)))
            {
                // As it stands in its own text, so that the attribute decides about the pseudonym; see Vocabulary.
                yield return new Original(original.Kind, $"{type}={Escaped(value)}");
            }
        }
    }

    private static string Escaped(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal).Replace("+", @"\+", StringComparison.Ordinal);

    private static IEnumerable<Original> Names(string name) => NamePseudonyms.WithParents(name).Select(n => IpAddress.Parse(n) is { } address ? Address(address) : new Original(OriginalKind.Name, n));

    private static Original Address(IpAddress address) => new(address.IsLinkLayer ? OriginalKind.LinkAddress : OriginalKind.Address, address.ToString());

    /// <summary>"192.0.2.53", "[2001:db8::1]:5353"; null where it is neither.</summary>
    private static Original? EndpointIn(string text)
    {
        if (IpAddress.Parse(text) is { } whole) return Address(whole);
        var colon = text.LastIndexOf(':');
        return colon > 0 && IpAddress.Parse(text[..colon].Trim('[', ']')) is { } address ? Address(address) : null;
    }
}
