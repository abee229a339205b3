using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What a query learns from its answer.</summary>
internal static class DnsAnswer
{
    /// <summary>Writes an answer into the query that it answers, in place of what an earlier answer said.</summary>
    public static void Fill(DnsQuery query, DnsMessage message, DnsQuestion question, Unparsed? unparsed)
    {
        Clear(query);
        query.Rcode = message.Rcode.ToString();
        var records = message.AnswersTo(question);
        if (records.Length > 0) query.Answers = new RecordTexts(records);
        foreach (var record in records)
        {
            if (record.Addresses.Count > 0) query.Addresses = query.Addresses.Count == 0 ? record.Addresses : [.. query.Addresses, .. record.Addresses];
        }

        if (question.Type == DnsRecordType.Https || question.Type == DnsRecordType.Svcb) query.HasEchConfiguration = HasEchConfiguration(message, records);
        if (message.Edns is { ExtendedErrors.Count: > 0 } edns) query.ExtendedErrors = edns.ExtendedErrors;
        if (unparsed is not null) query.Unparsed = [.. query.Unparsed, unparsed];
    }

    /// <summary>A resolver that failed says nothing of the name, nor does an answer that was cut.</summary>
    private static bool? HasEchConfiguration(DnsMessage message, DnsRecord[] records)
    {
        foreach (var record in records)
            if (record.HasEchConfiguration) return true;
        return message.Rcode.Code is 0 or NxDomain && !message.IsTruncated && !message.Fault.IsFault ? false : null;
    }

    /// <summary>Removes what an earlier answer said.</summary>
    public static void Clear(DnsQuery query)
    {
        query.HasEchConfiguration = null;
        query.Rcode = null;
        query.Answers = [];
        query.Addresses = [];
        query.ExtendedErrors = [];
    }

    private const int NxDomain = 3;
}
