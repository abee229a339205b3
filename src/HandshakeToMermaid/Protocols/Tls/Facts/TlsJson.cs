using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Writes the "tls" object of a connection.</summary>
internal static class TlsJson
{
    public static void Write(TlsFacts facts, Utf8JsonWriter json, FlowSummary flow)
    {
        WriteAgreement(facts, json, flow);
        json.WriteStartArray("messages");
        foreach (var step in facts.Steps) WriteMessage(step, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("alerts");
        foreach (var step in facts.Alerts) WriteAlert(step, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("certificates");
        foreach (var (step, position, certificate) in facts.AllCertificates()) WriteCertificate(step, position, certificate, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("proofs");
        foreach (var verification in facts.Verifications) WriteVerification(verification, json);
        json.WriteEndArray();
    }

    private static void WriteAgreement(TlsFacts facts, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("version", facts.Version?.Name);
        json.WriteString("cipher_suite", facts.CipherSuite?.Name);
        if (facts.CipherSuite is { } suite) json.WriteNumber("cipher_suite_code", suite.Code);
        else json.WriteNull("cipher_suite_code");
        json.WriteString("group", facts.Group?.Name);
        json.WriteString("sni", facts.ServerName);
        json.WriteString("alpn", facts.AlpnProtocol);
        json.WriteStartArray("alpn_offered");
        foreach (var name in facts.ClientHello?.AlpnProtocols ?? []) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("resumed", facts.Resumption switch
        {
            TlsResumption.No => "no",
            TlsResumption.SessionId => "session_id",
            TlsResumption.Ordinal => "ticket",
            TlsResumption.Psk => "psk",
            _ => null,
        });
        json.WriteBoolean("hello_retry", facts.HelloRetryRequest is not null);
        json.WriteString("early_data", facts.EarlyData switch
        {
            EarlyDataState.Offered => "offered",
            EarlyDataState.Accepted => "accepted",
            EarlyDataState.Rejected => "rejected",
            _ => "none",
        });
        json.WriteString("client_certificate", facts.ClientCertificate switch
        {
            ClientCertificateState.NotRequested => "not_requested",
            ClientCertificateState.Requested => "requested",
            ClientCertificateState.Sent => "sent",
            ClientCertificateState.Empty => "empty",
            _ => null,
        });
        json.WriteString("ech", facts.Ech switch
        {
            EchState.Grease => "grease",
            EchState.Offered => "offered",
            EchState.Accepted => "accepted",
            EchState.Rejected => "rejected",
            _ => "none",
        });
        var hello = facts.ClientHello is { IsSsl2Form: false } modern ? modern : null;
        var fingerprints = hello is null ? null : Fingerprints.Of(hello, flow.Transport);
        json.WriteString("ja3", fingerprints?.Ja3);
        json.WriteString("ja3s", facts.ServerHello is { } answer ? Ja3.Of(answer) : null);
        json.WriteString("ja4", fingerprints?.Ja4);
        json.WriteBoolean("decrypted", facts.IsDecrypted);
    }

    private static void WriteMessage(Step step, Utf8JsonWriter json, FlowSummary flow)
    {
        var type = step switch
        {
            TlsMessageStep message => message.TypeName,
            EncryptedFlightStep flight => flight.TypeName,
            ChangeCipherSpecStep => "change_cipher_spec",
            _ => null,
        };
        if (type is null) return;
        json.WriteStartObject();
        json.WriteString("from", NameOf(flow.SideOf(step.From)));
        json.WriteString("type", type);
        WritePlace(step.First, step.Last, json, flow);
        json.WriteNumber("length", step.Length);
        json.WriteString("sight", NameOf(step.Provenance));
        if (step is EncryptedFlightStep { IsFinished: false } encrypted)
        {
            json.WriteStartArray("contains");
            foreach (var name in encrypted.Contains) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (step is TlsMessageStep { Message.Fault: { IsFault: true } fault }) json.WriteString("fault", fault.ToString());
        json.WriteEndObject();
    }

    private static void WriteAlert(TlsAlertStep step, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteStartObject();
        json.WriteString("from", NameOf(flow.SideOf(step.From)));
        json.WriteString("level", step.Alert?.Level.Name);
        json.WriteString("description", step.Alert?.Description.Name ?? "encrypted_alert");
        if (step.Alert is { } alert) json.WriteNumber("code", alert.Description.Code);
        else json.WriteNull("code");
        WritePlace(step.First, step.Last, json, flow);
        json.WriteString("sight", NameOf(step.Provenance));
        json.WriteEndObject();
    }

    private static void WriteCertificate(TlsMessageStep step, int position, Codec.Certificates.Certificate certificate, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteStartObject();
        json.WriteString("from", NameOf(flow.SideOf(step.From)));
        json.WriteNumber("position", position);
        json.WriteNumber("frame", step.First.Frame);
        json.WriteString("subject", certificate.Subject);
        json.WriteString("issuer", certificate.Issuer);
        json.WriteString("serial", certificate.Serial);
        json.WriteString("not_before", certificate.NotBeforeText);
        json.WriteString("not_after", certificate.NotAfterText);
        json.WriteStartArray("san");
        foreach (var name in certificate.SubjectAlternativeNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("key", certificate.Key);
        json.WriteString("signature", certificate.Signature);
        json.WriteString("sha256", certificate.Sha256);
        json.WriteEndObject();
    }

    private static void WriteVerification(VerificationItem verification, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("what"u8, verification.What switch
        {
            VerificationSubject.ServerKeyExchange => "server_key_exchange"u8,
            VerificationSubject.CertificateVerify => "certificate_verify"u8,
            VerificationSubject.Finished => "finished"u8,
            _ => "ocsp_response"u8,
        });
        json.WriteString("from", NameOf(verification.From));
        json.WriteString("verdict"u8, verification.Verdict switch
        {
            VerificationVerdict.Valid => "valid"u8,
            VerificationVerdict.Invalid => "invalid"u8,
            _ => "not_checked"u8,
        });
        json.WriteString("why"u8, verification.Why);
        json.WriteEndObject();
    }

    private static void WritePlace(FrameMark first, FrameMark last, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteNumber("frame", first.Frame);
        json.WriteNumber("last_frame", last.Frame);
        json.WriteNumber("time_ms", Math.Round(flow.Since(last), 6));
    }

    private static string NameOf(Side side) => side == Side.Client ? "client" : "server";

    private static string NameOf(Provenance provenance) => provenance switch { Provenance.Clear => "clear", Provenance.Decrypted => "decrypted", _ => "inferred" };
}
