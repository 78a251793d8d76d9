package desk

// SampleRules are the rules that a new team starts with, without ids: what any
// customer says who asks for nothing yet.
func SampleRules() []Rule {
	return []Rule{
		{
			Language: "tr", Match: MatchExact, Enabled: true, Position: 1,
			Phrases: []string{"merhaba", "merhabalar", "selam", "selamlar", "günaydın", "iyi günler", "iyi akşamlar", "kolay gelsin", "merhaba iyi günler", "slm", "mrb"},
			Answer:  "Merhaba! Size nasıl yardımcı olabilirim?",
		},
		{
			Language: "en", Match: MatchExact, Enabled: true, Position: 2,
			Phrases: []string{"hello", "hi", "hey", "hello there", "hi there", "good morning", "good afternoon", "good evening"},
			Answer:  "Hello! How can I help?",
		},
		{
			Language: "tr", Match: MatchExact, Enabled: true, Position: 3,
			Phrases: []string{"teşekkürler", "teşekkür ederim", "çok teşekkürler", "çok teşekkür ederim", "sağ olun", "sağolun", "eyvallah", "tamam teşekkürler", "tamamdır teşekkürler"},
			Answer:  "Rica ederim! Başka bir sorunuz olursa buradayım.",
		},
		{
			Language: "en", Match: MatchExact, Enabled: true, Position: 4,
			Phrases: []string{"thanks", "thank you", "thanks a lot", "thank you very much", "ok thanks", "great thanks", "cheers"},
			Answer:  "You're welcome! I'm here if you have another question.",
		},
		{
			Language: "tr", Match: MatchPhrase, Enabled: true, Position: 5,
			Phrases: []string{"robot musun", "robot musunuz", "bot musun", "bot musunuz", "gerçek misin", "gerçek misiniz", "yapay zeka mısın"},
			Answer:  "Ben {{bot.name}}, {{team.name}} ekibinin otomatik yanıtlayıcısıyım. Bir kişiyle görüşmek isterseniz \"Temsilciye bağlan\" yazmanız yeterli.",
			Choices: []string{"Temsilciye bağlan"},
		},
		{
			Language: "en", Match: MatchPhrase, Enabled: true, Position: 6,
			Phrases: []string{"are you a bot", "are you a robot", "are you human", "are you real", "is this a bot"},
			Answer:  "I'm {{bot.name}}, the automatic responder of {{team.name}}. If you'd rather talk to somebody, just write \"Talk to a person\".",
			Choices: []string{"Talk to a person"},
		},
	}
}

// SampleCategories are the categories that a new team starts with, without ids.
func SampleCategories() []Category {
	return []Category{
		{
			Name:    Both{TR: "Çözüldü", EN: "Solved"},
			Closing: Both{TR: "Sorununuzu çözebildiysek ne mutlu bize. Yeniden ihtiyacınız olursa buradan yazmanız yeterli.", EN: "We're glad if this is solved. If you need us again, just write here."},
			Enabled: true, AskRating: true,
		},
		{
			Name:    Both{TR: "Yanıt gelmedi", EN: "No answer"},
			Closing: Both{TR: "Bir süredir yanıt gelmediği için bu konuşmayı kapatıyoruz. Yazdığınızda kaldığımız yerden devam ederiz.", EN: "We haven't heard from you for a while, so we're closing this conversation. When you write, we'll go on where we left off."},
			Enabled: true,
		},
		{Name: Both{TR: "İstenmeyen", EN: "Spam"}, Enabled: true},
	}
}
