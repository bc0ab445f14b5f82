//! Things to wear. They have no dimensions but a size, so they are drawn by hand.

use crate::canvas::{Canvas, Point};
use crate::palette::{DEEP, GRIP, INK, PAPER, RUBBER, SOFT, Tone, colour};
use crate::spec::{Colour, Garment};

/// The silver of reflecting tape.
const TAPE: &str = "#e3e8ea";
const SOLE: &str = "#3c444c";

/// A garment with its size.
pub fn wear(canvas: &mut Canvas, garment: Garment, shade: Colour, size: &str) {
    let tone = colour(shade);
    match garment {
        Garment::Glove => glove(canvas, &tone),
        Garment::Shoe => shoe(canvas, &tone, false),
        Garment::Boot => shoe(canvas, &tone, true),
        Garment::Wellington => wellington(canvas, &tone),
        Garment::Helmet => helmet(canvas, &tone),
        Garment::Glasses => glasses(canvas, &tone),
        Garment::Vest => vest(canvas, &tone),
        Garment::Jacket => jacket(canvas, &tone, is_high_visibility(shade)),
        Garment::Trousers => trousers(canvas, &tone, is_high_visibility(shade)),
        Garment::EarMuffs => ear_muffs(canvas, &tone),
        Garment::Mask => mask(canvas, &tone),
    }
    badge(canvas, (354.0, 46.0), size);
}

fn is_high_visibility(shade: Colour) -> bool {
    matches!(shade, Colour::Yellow | Colour::Orange)
}

/// The size in a ring, as on a shelf.
fn badge(canvas: &mut Canvas, at: Point, size: &str) {
    let size = size.trim();
    if !size.is_empty() {
        canvas.circle(at, 24.0, PAPER);
        canvas.ring(at, 24.0, GRIP.base, 2.0);
        let text_size = if size.chars().count() > 2 { 15.0 } else { 18.0 };
        canvas.words((at.0, at.1 + text_size * 0.36), size, text_size, GRIP.shade);
    }
}

fn glove(canvas: &mut Canvas, tone: &Tone) {
    // A knitted back with cuff, and fingers and palm dipped in the coating.
    canvas.path("M150 214V250Q150 262 162 262H232Q244 262 244 250V214Z", "#e9ecee");
    for x in [164, 176, 188, 200, 212, 224] {
        canvas.hairline((f64::from(x), 220.0), (f64::from(x), 256.0), SOFT, 1.2);
    }
    canvas.path(
        "M150 218C142 190 138 160 140 128L136 72Q136 58 148 58Q159 58 160 71L164 112L168 40Q169 27 181 27Q193 27 193 40L195 108L202 36Q204 24 215 25Q226 26 226 39L222 112L234 62Q238 51 248 53Q258 56 256 68L246 132C244 146 246 152 254 144L274 122Q284 112 293 119Q301 127 293 138L262 184C254 198 248 206 244 218Z",
        tone.base,
    );
    canvas.patch("M152 200C146 176 143 152 144 128L140 80Q148 120 152 140Q156 176 176 214H154Z", tone.light);
    canvas.patch("M290 128Q262 164 244 180Q236 196 232 215H242C248 202 254 194 260 184L290 140Z", tone.shade);
    canvas.path("M166 134Q180 142 194 134", "none");
    canvas.path("M198 134Q210 140 222 132", "none");
    canvas.path("M150 218Q196 228 244 218", "none");
    canvas.tint((151.0, 242.0), (92.0, 7.0), GRIP.base);
}

/// A safety shoe from the side, its toe to the right; with a shaft when it is a boot.
fn shoe(canvas: &mut Canvas, tone: &Tone, is_boot: bool) {
    if is_boot {
        canvas.path(
            "M90 60H190L192 104Q196 126 216 138Q240 152 272 158Q316 164 326 196L328 220H84Q74 178 92 138Z",
            tone.base,
        );
        canvas.path("M84 40Q84 28 96 28H184Q196 28 196 40V64H84Z", tone.shade);
        canvas.patch("M102 68H118Q122 130 116 160Q112 190 116 214H92Q84 178 100 140Z", tone.light);
        canvas.path("M104 140Q140 150 168 128", "none");
    } else {
        canvas.path(
            "M90 120Q88 112 98 110L152 104Q166 103 176 112L200 132Q230 152 272 158Q316 164 326 196L328 220H84Q76 170 90 120Z",
            tone.base,
        );
        canvas.patch("M98 130Q98 122 108 120L146 116Q120 134 116 214H92Q86 168 98 130Z", tone.light);
        canvas.path("M98 110Q132 130 168 105", "none");
    }
    canvas.path("M262 157Q316 163 326 196L328 220H258Q246 186 262 157Z", tone.shade);
    canvas.patch("M272 166Q302 170 314 190Q292 176 268 178Z", tone.light);
    let rows: &[(f64, f64)] = if is_boot {
        &[(182.0, 80.0), (183.0, 99.0), (190.0, 118.0), (206.0, 134.0), (228.0, 146.0)]
    } else {
        &[(186.0, 120.0), (204.0, 134.0), (226.0, 145.0)]
    };
    for (x, y) in rows {
        canvas.hairline((*x - 16.0, *y + 8.0), (*x + 6.0, *y), INK, 4.5);
        canvas.hairline((*x - 16.0, *y + 8.0), (*x + 6.0, *y), GRIP.light, 2.2);
    }
    canvas.path("M84 200Q120 208 150 204Q200 196 258 204", "none");
    canvas.path(
        "M80 216H330Q336 216 335 224L332 240Q331 246 325 246H196L188 238H160L152 246H88Q82 246 81 240L78 224Q77 216 80 216Z",
        SOLE,
    );
    for x in [100, 116, 132, 212, 228, 244, 260, 276, 292, 308] {
        canvas.hairline((f64::from(x), 236.0), (f64::from(x), 245.0), "#8c969e", 2.0);
    }
}

fn wellington(canvas: &mut Canvas, tone: &Tone) {
    canvas.path(
        "M118 34Q118 26 126 26H206Q214 26 214 34L212 146Q214 172 246 180L292 190Q322 198 322 226V232H112Q104 180 116 140Z",
        tone.base,
    );
    canvas.patch("M130 44H148Q144 130 140 160Q134 190 136 226H120Q114 180 126 140Z", tone.light);
    canvas.patch("M210 150Q214 174 246 182L290 192Q318 200 318 228H250Q246 200 214 190Q196 182 198 150Z", tone.shade);
    canvas.path("M118 46H214", "none");
    canvas.path("M252 182Q240 204 246 232", "none");
    canvas.path("M108 230H326V246Q326 254 318 254H206L198 246H172L164 254H116Q108 254 108 246Z", SOLE);
    for x in [124, 140, 220, 236, 252, 268, 284, 300] {
        canvas.hairline((f64::from(x), 244.0), (f64::from(x), 253.0), "#8c969e", 2.0);
    }
}

fn helmet(canvas: &mut Canvas, tone: &Tone) {
    canvas.path("M104 196Q106 232 128 250", "none");
    canvas.path("M246 200Q240 236 214 250", "none");
    canvas.path("M128 250Q170 268 214 250", "none");
    canvas.rect((152.0, 252.0), (36.0, 12.0), 5.0, RUBBER.base);
    canvas.path("M70 190C66 100 120 48 190 48C262 48 306 98 306 186L346 196Q356 200 348 206Q330 212 300 206Q180 214 80 204Q70 202 70 190Z", tone.base);
    canvas.patch("M92 180C90 120 124 78 168 64C136 92 122 136 122 196Q104 196 92 194Z", tone.light);
    canvas.patch("M262 198C268 150 260 100 232 62C276 80 300 122 302 184L342 197Q320 205 262 204Z", tone.shade);
    canvas.path("M160 52C150 46 150 40 160 36Q190 30 220 36C230 40 230 46 220 52", tone.light);
    canvas.path("M160 52C150 100 148 150 152 207", "none");
    canvas.path("M220 52C232 100 236 150 234 208", "none");
    canvas.path("M70 186Q190 200 306 184", "none");
    for x in [102, 122] {
        canvas.rect((f64::from(x), 120.0), (8.0, 26.0), 4.0, DEEP);
    }
}

fn glasses(canvas: &mut Canvas, tone: &Tone) {
    canvas.path("M62 104L28 128Q20 134 26 146L44 182Q50 190 58 184L50 150Q48 142 54 138L76 126Z", RUBBER.base);
    canvas
        .path("M338 104L372 128Q380 134 374 146L356 182Q350 190 342 184L350 150Q352 142 346 138L324 126Z", RUBBER.base);
    canvas.path(
        "M60 106Q120 88 200 96Q280 88 340 106Q346 150 330 178Q316 198 280 196Q236 194 220 168Q210 150 200 150Q190 150 180 168Q164 194 120 196Q84 198 70 178Q54 150 60 106Z",
        tone.base,
    );
    canvas.patch("M78 116Q100 110 124 108L92 184Q82 178 78 166Q72 142 78 116Z", tone.light);
    canvas.patch("M240 106Q258 104 272 106L240 180Q232 174 226 164Z", tone.light);
    canvas.path("M60 106Q120 88 200 96Q280 88 340 106L338 120Q280 104 200 112Q120 104 62 120Z", RUBBER.base);
    canvas.path("M186 152Q200 138 214 152", "none");
    canvas.hairline((44.0, 136.0), (56.0, 160.0), GRIP.light, 5.0);
    canvas.hairline((356.0, 136.0), (344.0, 160.0), GRIP.light, 5.0);
}

fn vest(canvas: &mut Canvas, tone: &Tone) {
    canvas.path("M150 30Q160 60 200 66Q240 60 250 30L286 42Q296 46 296 58Q286 92 302 118V262Q302 270 294 270H106Q98 270 98 262V118Q114 92 104 58Q104 46 114 42Z", tone.base);
    canvas.patch("M112 128Q126 96 118 58L132 48Q146 96 138 266H106Q102 266 102 260V124Z", tone.light);
    canvas.patch("M262 266Q256 150 270 50L290 58Q282 94 298 120V260Q298 266 292 266Z", tone.shade);
    for x in [128.0, 250.0] {
        canvas.rect((x, 44.0), (22.0, 112.0), 0.0, TAPE);
    }
    for y in [156.0, 206.0] {
        canvas.rect((98.0, y), (204.0, 22.0), 0.0, TAPE);
    }
    canvas.path("M150 30Q160 60 200 66Q240 60 250 30Q226 42 200 42Q174 42 150 30Z", tone.shade);
    canvas.line((200.0, 66.0), (200.0, 270.0));
    for y in [88.0, 124.0, 192.0, 240.0] {
        canvas.rect((194.0, y), (12.0, 8.0), 2.0, DEEP);
    }
}

fn jacket(canvas: &mut Canvas, tone: &Tone, has_tape: bool) {
    canvas.path("M142 52L96 76Q82 84 76 104L46 224Q44 234 54 236L84 242Q92 243 94 234L118 150Z", tone.base);
    canvas.path("M258 52L304 76Q318 84 324 104L354 224Q356 234 346 236L316 242Q308 243 306 234L282 150Z", tone.shade);
    canvas.path("M142 52L160 40H240L258 52L288 84V262Q288 270 280 270H120Q112 270 112 262V84Z", tone.base);
    canvas.patch("M124 90L144 66Q152 160 144 264H122Q118 264 118 258Z", tone.light);
    canvas.patch("M266 264Q258 160 262 66L282 90V258Q282 264 276 264Z", tone.shade);
    canvas.path("M156 44Q160 22 200 22Q240 22 244 44Q226 66 200 70Q174 66 156 44Z", tone.shade);
    if has_tape {
        for y in [166.0, 214.0] {
            canvas.rect((112.0, y), (176.0, 20.0), 0.0, TAPE);
        }
        canvas.path("M62 164L92 174L86 196L56 186Z", TAPE);
        canvas.path("M338 164L308 174L314 196L344 186Z", TAPE);
    } else {
        canvas.rect((216.0, 110.0), (46.0, 8.0), 3.0, GRIP.base);
        canvas.path("M128 200L164 190V244H128Z", "none");
        canvas.path("M272 200L236 190V244H272Z", "none");
    }
    canvas.line((200.0, 70.0), (200.0, 270.0));
    canvas.rect((196.0, 84.0), (8.0, 14.0), 3.0, DEEP);
}

fn trousers(canvas: &mut Canvas, tone: &Tone, has_tape: bool) {
    canvas.path("M138 26H262L282 250Q282 260 272 260H230Q222 260 221 252L204 124Q200 112 196 124L179 252Q178 260 170 260H128Q118 260 118 250Z", tone.base);
    canvas.patch("M146 58L160 58Q158 170 142 254H128Q122 254 122 248Z", tone.light);
    canvas.patch("M256 58L276 248Q276 254 270 254H252Q262 170 244 58Z", tone.shade);
    canvas.path("M136 26H264L266 50H134Z", tone.shade);
    for x in [152, 196, 240] {
        canvas.rect((f64::from(x), 24.0), (8.0, 28.0), 2.0, tone.base);
    }
    canvas.path("M200 50V96Q200 112 200 118", "none");
    canvas.path("M140 62Q164 66 168 92", "none");
    canvas.path("M260 62Q236 66 232 92", "none");
    if has_tape {
        for (top, inset) in [(168.0, 0.0), (212.0, 4.0)] {
            canvas.rect((124.0 - inset, top), (66.0 + inset * 0.2, 18.0), 0.0, TAPE);
            canvas.rect((210.0, top), (66.0 + inset, 18.0), 0.0, TAPE);
        }
    } else {
        canvas.rect((132.0, 142.0), (50.0, 62.0), 5.0, DEEP);
        canvas.rect((218.0, 142.0), (50.0, 62.0), 5.0, DEEP);
        canvas.hairline((138.0, 212.0), (178.0, 212.0), GRIP.light, 3.0);
        canvas.hairline((222.0, 212.0), (262.0, 212.0), GRIP.light, 3.0);
    }
}

fn ear_muffs(canvas: &mut Canvas, tone: &Tone) {
    canvas.path("M104 176C84 20 316 20 296 176L278 176C292 48 108 48 122 176Z", RUBBER.base);
    canvas.path("M140 74C170 46 230 46 260 74L254 84C226 62 174 62 146 84Z", GRIP.base);
    for (x, side) in [(104.0, -1.0), (296.0, 1.0)] {
        canvas.rect((x - 4.0, 130.0), (8.0, 40.0), 3.0, TAPE);
        canvas.rect((x - side * 8.0 - 16.0, 158.0), (32.0, 100.0), 14.0, RUBBER.base);
        canvas.rect((x + side * 14.0 - 22.0, 150.0), (44.0, 116.0), 20.0, tone.base);
        canvas.rect((x + side * 16.0 - 8.0, 166.0), (12.0, 84.0), 6.0, tone.light);
    }
}

fn mask(canvas: &mut Canvas, tone: &Tone) {
    canvas.path("M118 116C60 92 44 120 40 150", "none");
    canvas.path("M282 116C340 92 356 120 360 150", "none");
    canvas.path("M122 196C76 214 52 200 40 150", "none");
    canvas.path("M278 196C324 214 348 200 360 150", "none");
    canvas.path(
        "M200 54C244 60 286 96 292 138C296 186 262 236 200 248C138 236 104 186 108 138C114 96 156 60 200 54Z",
        tone.base,
    );
    canvas.patch("M196 62C160 70 128 100 120 138C118 168 128 194 146 214C140 150 156 96 196 62Z", tone.light);
    canvas.patch("M286 140C288 184 258 230 204 242C250 214 262 176 258 104Q282 122 286 140Z", tone.shade);
    canvas.path("M166 76Q200 56 234 76L228 88Q200 72 172 88Z", TAPE);
    canvas.circle((200.0, 164.0), 32.0, TAPE);
    canvas.circle((200.0, 164.0), 20.0, GRIP.base);
    for y in [156.0, 164.0, 172.0] {
        canvas.hairline((188.0, y), (212.0, y), PAPER, 2.0);
    }
}
