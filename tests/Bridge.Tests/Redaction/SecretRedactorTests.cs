using System.Text.Json;
using Bridge.Redaction;

namespace Bridge.Tests.Redaction;

public class SecretRedactorTests
{
    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("github_pat_11ABCDEFG0123456789_abcdefghijklmnop")]
    [InlineData("glpat-abcdefghij0123456789")]
    [InlineData("sk-proj-abcdefghijklmnop0123456789")]
    [InlineData("sk-ant-api03-abcdefghij0123456789")]
    [InlineData("sk_live_0123456789abcdefgh")]
    [InlineData("xoxb-0123456789-abcdef")]
    [InlineData("AIzaSyA0123456789abcdefghijklmnopqrstuv")]
    [InlineData("npm_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("bridge_0123456789ab_abcdefghijklmnopqrstuvwxyz0123456789_-ABCDEFG")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLWhlcmU")]
    [InlineData("Bearer abcdefghijklmnop.0123")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEow-IBAAKC\nAQEA\n-----END RSA PRIVATE KEY-----")]
    public void Redact_KeyOfAKnownForm_IsReplacedWhole(string secret) =>
        SecretRedactor.Default.Redact($"before {secret} after").Should().Be("before [redacted] after");

    [Theory]
    [InlineData("The task-force asked for a risk-based review of the disk-encryption-software-list.")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("bearer of good news")]
    [InlineData("4f1c0a9be210")]
    public void Redact_OrdinaryText_IsTheSameInstance(string text) => SecretRedactor.Default.Redact(text).Should().BeSameAs(text);

    [Fact]
    public void Redact_Structure_KeepsEverythingElse()
    {
        JsonElement given = JsonElement.Parse("""{"a":[1.0,true,null,"x"],"b":{"t":"AKIAIOSFODNN7EXAMPLE"},"esc":"\u0041KIAIOSFODNN7EXAMPLE"}""");

        SecretRedactor.Default.Redact(given).GetRawText().Should().Be("""{"a":[1.0,true,null,"x"],"b":{"t":"[redacted]"},"esc":"[redacted]"}""");
    }

    [Theory]
    [InlineData("(", false)]
    [InlineData("(?=a)", false)]
    [InlineData("a*", false)]
    [InlineData("acme-[0-9]+", true)]
    public void ProblemOf_Pattern_SaysWhyItCannotBeUsed(string pattern, bool usable) =>
        (SecretRedactor.ProblemOf(pattern) is null).Should().Be(usable);
}
